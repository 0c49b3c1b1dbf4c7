// Offsets: the study counts Unicode code points, the browser UTF-16 units. They are converted here and nowhere else.

/** @typedef {{number: number, start: number, end: number, speaker: string, time: string, line: number, string: string, astral: boolean}} Row */

/** A text in rows; each knows its own words, so an offset is only ever counted within one row. */
export class TextIndex {
  /**
   * @param {string} text
   * @param {Array<[number, number, string, string, number]>} rows start, end, speaker, time, line
   */
  constructor(text, rows) {
    let points = 0;
    let units = 0;
    const plain = !/[\ud800-\udfff]/.test(text);
    /** @param {number} wanted */
    const goTo = (wanted) => {
      if (plain) units = points = wanted;
      while (points < wanted) {
        units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
        points += 1;
      }
      return units;
    };
    /** @type {Row[]} */
    this.rows = rows.map(([start, end, speaker, time, line], number) => {
      const from = goTo(start);
      const string = text.slice(from, goTo(end));
      return { number, start, end, speaker, time, line, string, astral: string.length !== end - start };
    });
  }

  /** The last row that begins at or before an offset.
   * @param {number} offset
   */
  rowAt(offset) {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The parts of `[start, end)` that lie in rows: row number, and units within it.
   * @param {number} start
   * @param {number} end
   */
  pieces(start, end) {
    const found = [];
    for (let n = this.rowAt(start); n < this.rows.length && this.rows[n].start < end; n += 1) {
      const row = this.rows[n];
      const from = Math.max(start, row.start) - row.start;
      const to = Math.min(end, row.end) - row.start;
      if (to > from) found.push({ row: n, from: toUnits(row, from), to: toUnits(row, to) });
    }
    return found;
  }

  /** The words of `[start, end)`, rows parted by a space.
   * @param {number} start
   * @param {number} end
   */
  words(start, end) {
    return this.pieces(start, end).map((p) => this.rows[p.row].string.slice(p.from, p.to)).join(" ");
  }
}

/** @param {Row} row @param {number} points */
export function toUnits(row, points) {
  if (!row.astral) return points;
  let units = 0;
  for (let n = 0; n < points; n += 1) units += /** @type {number} */ (row.string.codePointAt(units)) > 0xffff ? 2 : 1;
  return units;
}

/** @param {Row} row @param {number} units */
export function toPoints(row, units) {
  if (!row.astral) return units;
  let points = 0;
  for (let n = 0; n < units; points += 1) n += /** @type {number} */ (row.string.codePointAt(n)) > 0xffff ? 2 : 1;
  return points;
}
