// The print preview beside the form: loaded again after each save, scrolled to the entry that is
// being edited; a click on a passage leads to its entry.
const pane = document.getElementById("printed");
const toggle = document.getElementById("printed-toggle");
const paper = pane?.querySelector(".print-preview");
const status = pane?.querySelector("[role=status]");
const pages = pane?.querySelector("[data-page-count]");
const layout = pane?.closest(".sheet-layout");
const OPEN = "printed-pane";

const placeOf = (key) => paper.querySelector(`[data-item="${CSS.escape(key)}"]`);
const keyOf = (entry) => entry?.id.replace(/^entry-/, "");

const follow = (key) => {
  const place = key && placeOf(key);
  for (const marked of paper.querySelectorAll(".printed-now")) marked.classList.remove("printed-now");
  if (!place) return;
  place.classList.add("printed-now");
  const offset = place.getBoundingClientRect().top - paper.getBoundingClientRect().top;
  paper.scrollTop += offset - paper.clientHeight / 3;
};

const fetched = async (url) => {
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  return answer;
};

// Run `work` once at a time; a request during a run causes one more run after it.
const oneAtATime = (work) => {
  let running = false;
  let again = false;
  const run = async () => {
    again = running;
    if (running) return;
    running = true;
    await work();
    running = false;
    if (again) run();
  };
  return run;
};

// Laying the pages out takes the server longer than the text does, so it comes after.
const countPages = oneAtATime(async () => {
  try {
    const answer = await fetched(pane.dataset.pages);
    pages.textContent = `PDFでは${(await answer.json()).pages}ページです。`;
  } catch {
    pages.textContent = "";
  }
});

const read = oneAtATime(async () => {
  if (pane.hidden) return;
  try {
    const answer = await fetched(pane.dataset.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    paper.replaceChildren(...page.body.childNodes);
    status.textContent = "保存した内容の印刷の姿です。場所を選ぶと、その欄が開きます。";
    follow(keyOf(document.activeElement?.closest(".entry")));
    countPages();
  } catch {
    status.textContent = "印刷の姿を読み込めませんでした。次に保存したときに、もう一度読み込みます。";
  }
});

const show = (open) => {
  pane.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  toggle.textContent = open ? "印刷の姿を閉じる" : "印刷の姿を横に表示";
  layout.classList.toggle("sheet-layout--printed", open);
  sessionStorage.setItem(OPEN, open ? "open" : "");
  read();
};

const openEntry = (key) => {
  const entry = document.getElementById(`entry-${key}`);
  if (!entry) {
    location.assign(pane.dataset.places.replace("KEY", encodeURIComponent(key)));
    return;
  }
  entry.scrollIntoView({ block: "start" });
  entry.querySelector("textarea")?.focus({ preventScroll: true });
};

if (pane) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => show(pane.hidden));
  paper.addEventListener("click", ({ target }) => {
    const place = target.closest("[data-item]");
    // A link leads to another sheet.
    if (place && !target.closest("a") && !String(getSelection())) openEntry(place.dataset.item);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!pane.hidden && target.matches("textarea")) follow(keyOf(target.closest(".entry")));
  });
  document.addEventListener("entry:saved", read);
  if (sessionStorage.getItem(OPEN)) show(true);
}
