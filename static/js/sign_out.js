// Empties this site's storage of unsent texts once the person has signed out: in this tab when
// the next page shows nobody, and in the others as soon as they hear of it.
const MARK = "signing-out";
const channel = new BroadcastChannel("sign-out");

const forgetTexts = () => {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("writing:")) sessionStorage.removeItem(name);
  }
};

try {
  if (sessionStorage.getItem(MARK) && !document.body.dataset.person) {
    forgetTexts();
    channel.postMessage("signed out");
  }
  sessionStorage.removeItem(MARK);
  channel.addEventListener("message", () => {
    document.documentElement.dataset.signedOut = ""; // and nothing is kept from now on
    forgetTexts();
  });
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action).pathname.endsWith("/logout/")) sessionStorage.setItem(MARK, "1");
  }, { capture: true });
} catch {
  // Without storage there is nothing to forget.
}
