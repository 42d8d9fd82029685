// What a person types into a form is safe, as in an entry (writing/): asked about before leaving,
// kept in the tab, sent as theirs. Where nobody is signed in, leaving is asked about, no more.
import { forms } from "./forms.js";
import "./leaving.js";

if (document.getElementById("sign-in-dialog")) {
  import("./keeping.js");
  if (forms.length) import("./person.js");
}
