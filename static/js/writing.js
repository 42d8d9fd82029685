// Keeps what is being written: tells what is not saved yet, asks before it would be lost, and
// leaves it in its box when saving fails.
let discarded = false;

const boxOf = (entry) => entry?.querySelector("textarea");
const isUnsaved = (box) => box.closest(".entry--error") !== null || box.value !== box.defaultValue;

const tell = (entry, words, kind) => {
  const state = entry?.querySelector(".entry__state");
  if (!state || state.textContent === words) return;
  state.textContent = words;
  state.className = `entry__state entry__state--${kind}`;
};

const tellUnsaved = (entry) => {
  if (isUnsaved(boxOf(entry))) tell(entry, "まだ保存していません", "unsaved");
  else tell(entry, "保存されている文章と同じです", "saved");
};

document.addEventListener("input", (event) => {
  if (event.target.matches(".entry textarea")) tellUnsaved(event.target.closest(".entry"));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-discards]")) discarded = true;
});

window.addEventListener("beforeunload", (event) => {
  const boxes = [...document.querySelectorAll(".entry textarea")];
  if (!discarded && boxes.some(isUnsaved)) event.preventDefault();
});

// Without JavaScript's help the form is sent as a page: then nothing is left behind.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("hx-post")) discarded = true;
});

// What was typed while the answer was on its way goes into the new box.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { requestConfig, xhr, pathInfo } = detail;
  const entry = requestConfig.elt.closest(".entry");
  if (new URL(xhr.responseURL).pathname !== new URL(pathInfo.finalRequestPath, location).pathname) {
    detail.shouldSwap = false;
    tell(entry, "ログインの有効時間が過ぎたため、保存できませんでした。文章を控え、ログインし直してください。", "error");
    return;
  }
  const typed = boxOf(entry)?.value;
  if (typed === undefined || typed === requestConfig.formData.get("text")) return;
  const { id } = entry;
  document.addEventListener("htmx:afterSettle", () => {
    const fresh = document.getElementById(id);
    boxOf(fresh).value = typed;
    tellUnsaved(fresh);
  }, { once: true });
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    const entry = detail.requestConfig.elt.closest(".entry");
    tell(entry, "保存できませんでした。文章はこの画面に残っています。しばらくして、もう一度保存してください。", "error");
  });
}
