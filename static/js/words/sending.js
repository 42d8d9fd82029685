// Runs asynchronous steps before a form is sent, then sends it with the button that was pressed.
const steps = [];
const ready = new WeakSet();
const preparing = new WeakSet();

// step(form): what to do before this form is sent, or null. It resolves to whether the form may go.
export const beforeSending = (step) => steps.push(step);

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || ready.delete(form)) return;
  const due = steps.map((step) => step(form)).filter(Boolean);
  if (!due.length) return;
  event.preventDefault();
  if (preparing.has(form)) return;
  preparing.add(form);
  try {
    for (const prepare of due) if (!(await prepare())) return;
  } finally {
    preparing.delete(form);
  }
  ready.add(form);
  form.requestSubmit(submitter);
});
