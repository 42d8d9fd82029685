// Empties this site's storage of unsent texts once the person has signed out: in this tab when
// the next page has no button to sign out any more, and in the others when a message tells them.
const MARK = "signing-out";
const BUTTON = 'form[action$="/logout/"]';
const channel = new BroadcastChannel("sign-out");

const forgetTexts = () => {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("writing:")) sessionStorage.removeItem(name);
  }
};

try {
  if (sessionStorage.getItem(MARK) && !document.querySelector(BUTTON)) {
    forgetTexts();
    channel.postMessage("signed out");
  }
  sessionStorage.removeItem(MARK);
  channel.addEventListener("message", forgetTexts);
  document.addEventListener("submit", (event) => {
    if (event.target.matches(BUTTON)) sessionStorage.setItem(MARK, "1");
  }, { capture: true });
} catch {
  // Without storage there is nothing to forget.
}
