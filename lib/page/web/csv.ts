// What is shown as a table for spreadsheets, which take some cells for formulas: these get an
// apostrophe in front, as in the CSV report.

const formula = /^[\s"\u00ad\u200b-\u200d\u2060\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n]/;
const inner = /([;\t\r\n])(?=["\s\u00ad\u200b-\u200d\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])/g;

function cell(value: string | number): string {
  const text = String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ');
  const safe = (typeof value === 'string' && formula.test(text) ? "'" : '') + text.replace(inner, "$1'");
  return `"${safe.replace(/"/g, '""')}"`;
}

export function csv(rows: (string | number)[][]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}
