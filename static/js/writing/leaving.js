// Leaving the page: unsent texts are saved first; if that fails, the browser asks the person.
import { beforeSending } from "../words/sending.js";

const PATIENCE = 3000;

const leadsAway = (link, event) =>
  link && !event.defaultPrevented && event.button === 0 && !link.target && !link.hasAttribute("download")
  && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
  && link.href.split("#")[0] !== location.href.split("#")[0];

export const guard = (entries) => {
  const unsent = () => entries.filter((entry) => entry.isUnsent);

  const save = async () => {
    const saving = Promise.all(unsent().map((entry) => entry.save()));
    await Promise.race([saving, new Promise((done) => { setTimeout(done, PATIENCE); })]);
    return true;
  };

  window.addEventListener("beforeunload", (event) => {
    if (unsent().length) event.preventDefault();
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!leadsAway(link, event) || !unsent().length) return;
    event.preventDefault();
    await save();
    location.assign(link.href);
  });

  beforeSending(() => (unsent().length ? save : null));
};
