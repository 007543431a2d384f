/** Student's t distribution with a whole number of degrees of freedom, in closed form. Floats: used by forecasts only. */

/** P(T ≤ t). Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. */
export function studentCdf(t: number, freedom: number): number {
  if (t === Number.POSITIVE_INFINITY) return 1;
  if (t === Number.NEGATIVE_INFINITY) return 0;
  const theta = Math.atan(t / Math.sqrt(freedom));
  const cos = Math.cos(theta);
  const odd = freedom % 2 === 1;
  // the sum runs over cos^1, cos^3 … (odd) or cos^0, cos^2 … (even) up to cos^(freedom − 2)
  let term = odd ? cos : 1;
  let sum = 0;
  for (let k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
    sum += term;
    term *= (cos * cos * (k + 1)) / (k + 2);
  }
  const inside = odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
  return 0.5 + inside / 2;
}

/** The t with P(T ≤ t) = p, for p from 0.5 up to 1, by bisection. */
export function studentQuantile(p: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentCdf(high, freedom) < p) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
