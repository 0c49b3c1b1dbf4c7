// Where everything stands: the same measures as in the pictures that Python draws.

/** A place on the map. @typedef {{sector: string, distance: number, bearing: number}} Place */

/** The plane of one map. */
export class Plane {
  /** @param {any} measures @param {any[]} sectors */
  constructor(measures, sectors) {
    Object.assign(this, measures);
    /** @type {any} */
    this.m = measures;
    this.sectors = sectors;
    this.index = new Map(sectors.map((one, n) => [one.id, n]));
  }

  /** A place in the picture's units. @param {Place} place @returns {[number, number]} */
  at({ sector, distance, bearing }) {
    const m = this.m;
    const turn = (2 * Math.PI * (this.index.get(sector) + bearing)) / this.sectors.length;
    const radius = m.inner + distance * (m.outer - m.inner);
    return [m.x + radius * Math.sin(turn), m.y - radius * Math.cos(turn)];
  }

  /** The place that is nearest to a point within a sector: the sector never changes by a slip of the hand.
   * @param {number} x @param {number} y @param {string} sector @returns {Place}
   */
  within(x, y, sector) {
    const m = this.m;
    const n = this.sectors.length;
    const turn = (Math.atan2(x - m.x, m.y - y) / (2 * Math.PI) + 1) % 1;
    let bearing = turn * n - this.index.get(sector);
    if (bearing < -n / 2) bearing += n;
    if (bearing > n / 2 + 1) bearing -= n;
    const distance = (Math.hypot(x - m.x, y - m.y) - m.inner) / (m.outer - m.inner);
    return { sector, distance: Math.min(1, Math.max(0, distance)), bearing: n === 1 ? turn : Math.min(1, Math.max(0, bearing)) };
  }

  /** The sector that a point lies in. @param {number} x @param {number} y */
  sectorAt(x, y) {
    const turn = (Math.atan2(x - this.m.x, this.m.y - y) / (2 * Math.PI) + 1) % 1;
    return this.sectors[Math.min(this.sectors.length - 1, Math.floor(turn * this.sectors.length))].id;
  }
}
