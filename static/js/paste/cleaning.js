// Cleans characters exactly as the server does on saving (core/cleaning.py), so that what is
// seen after a paste is what will be stored.
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/g;
const INVISIBLE = new RegExp(
  "[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5" +
  "\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ud800-\\udfff" +
  "\\ufdd0-\\ufdef\\ufeff\\uffa0\\ufff0-\\ufffc\\ufffe\\uffff\\u{1bca0}-\\u{1bca3}" +
  "\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}]", "gu",
);
const KANJI =
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\ufa0e\\ufa0f\\ufa11\\ufa13\\ufa14\\ufa1f\\ufa21\\ufa23\\ufa24" +
  "\\ufa27-\\ufa29\\u{20000}-\\u{2f7ff}\\u{30000}-\\u{3ffff}";
const SELECTED = new RegExp(`([${KANJI}]?)([\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]+)`, "gu");
const NORMALIZED = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu;
const COMPATIBILITY = [[0xf900, 0xfaff], [0x2f800, 0x2fa1f]];
const RADICALS = [
  ..."冫厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵\u2e9a旡日月歺母民氵氺灬爫爫丬牛犭王",
  ..."疋罒示礻竹糹糸罓罒㓁㓁网羊羊羋耂肀聿月臼艹艹艹虎衤覀西見角角言貝足車辶辶辶阝金長镸長門阝",
  ..."阝雨青韋頁風飛食食飠飠首馬骨鬼魚鳥鹵麦黄黽斉斉歯歯竜竜龜亀亀",
];

const standardizedVariants = () => {
  const shapes = new Map();
  for (const [first, last] of COMPATIBILITY) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code);
      const kanji = letter.normalize("NFC");
      if (kanji !== letter) shapes.set(kanji, [...(shapes.get(kanji) ?? []), letter]);
    }
  }
  return shapes;
};
const SHAPES = standardizedVariants();

const variant = (_, kanji, selectors) => {
  const selector = selectors.codePointAt(0);
  if (kanji && selector >= 0xe0100) return kanji + String.fromCodePoint(selector);
  return SHAPES.get(kanji)?.[selector - 0xfe00] ?? kanji;
};

const fullWidth = (kana) =>
  kana.normalize("NFKC").replaceAll("\u3099", "\u309b").replaceAll("\u309a", "\u309c");

export const withoutInvisible = (text) =>
  text.replace(LINE_ENDS, "\n").replace(INVISIBLE, "");

export const cleaned = (text) =>
  withoutInvisible(text.replace(SPACES, " "))
    .replace(/[\u2e80-\u2ef3]/g, (radical) => RADICALS[radical.charCodeAt(0) - 0x2e80])
    .replace(/[\u2f00-\u2fd5]+/g, (radicals) => radicals.normalize("NFKC"))
    .replace(SELECTED, variant)
    .replace(/[\uff61-\uff9f]+/g, fullWidth)
    .replace(NORMALIZED, (stretch) => stretch.normalize("NFC"));
