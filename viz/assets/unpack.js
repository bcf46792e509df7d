/**
 * The data that viz/packing.py packed.
 * @param {string} packed base64 of compressed JSON
 * @returns {Promise<object>} with `nodes`, `edges` and `duties` as lists of objects
 */
export async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const data = JSON.parse(await new Response(stream).text());
  for (const name of ["nodes", "edges", "duties"]) data[name] = data[name].flatMap((table) => rows(table, data.texts));
  return data;
}

/** A table's rows as objects; what a row has not is left out. */
function rows({ count, same, texts, values }, all) {
  const made = Array.from({ length: count }, () => ({ facts: {} }));
  for (const [name, value] of Object.entries(same)) fill(made, name, made, () => value);
  for (const [name, column] of Object.entries(texts)) fill(made, name, column, (number) => all[number]);
  for (const [name, column] of Object.entries(values)) fill(made, name, column, (value) => value);
  return made;
}

function fill(made, name, column, read) {
  const fact = name.startsWith("facts.") ? name.slice(6) : null;
  for (let i = 0; i < column.length; i++) {
    const value = read(column[i]);
    if (value === null) continue;
    if (fact === null) made[i][name] = value;
    else made[i].facts[fact] = value;
  }
}
