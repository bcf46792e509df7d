/**
 * What two ways of typing the same Vietnamese words share: no case, no diacritics, single spaces.
 * @param {string} text
 * @returns {string} "Ủy ban Đông Hà" → "uy ban dong ha"
 */
export function plain(text) {
  return marked(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
}

/**
 * Lower case and single spaces, diacritics kept.
 * @param {string} text
 * @returns {string}
 */
export function marked(text) {
  return text.normalize("NFC").toLowerCase().replace(/[\s\-–—/.,;:()"'“”]+/g, " ").trim();
}
