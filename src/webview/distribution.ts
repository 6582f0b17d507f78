/** Values with the weight that each has, as they come. */
export interface Weighted {
  values: number[];
  /** What each value stands for, ms; above zero. */
  weights: number[];
}

/** Weighted values in order: mean, quantiles and shares. Made of one value at least. */
export class Distribution {
  readonly #values: Float64Array;
  /** Sum of the weights up to and with each value. */
  readonly #sums: Float64Array;
  readonly mean: number;

  private constructor({ values, weights }: Weighted) {
    const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
    this.#values = Float64Array.from(order, (index) => values[index] as number);
    this.#sums = new Float64Array(order.length);
    let total = 0;
    let weighed = 0;
    order.forEach((index, at) => {
      const weight = weights[index] as number;
      total += weight;
      weighed += weight * (values[index] as number);
      this.#sums[at] = total;
    });
    this.mean = weighed / total;
  }

  /** Undefined where there is nothing. */
  static of(weighted: Weighted): Distribution | undefined {
    return weighted.values.length === 0 ? undefined : new Distribution(weighted);
  }

  get count(): number {
    return this.#values.length;
  }

  get min(): number {
    return this.#values[0] as number;
  }

  get max(): number {
    return this.#values[this.count - 1] as number;
  }

  /** The least value at or below which lies the share `p` (0..1) of the weight: the inverse of the distribution function. */
  quantile(p: number): number {
    // Sums of floating-point weights miss a round share by a hair.
    const wanted = Math.min(1, Math.max(0, p)) * this.#total * (1 - 1e-12);
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#values[low] as number;
  }

  /** Share (0..1) of the weight at or above a value. */
  shareFrom(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 1 : 1 - (this.#sums[low - 1] as number) / this.#total;
  }

  get #total(): number {
    return this.#sums[this.count - 1] as number;
  }
}
