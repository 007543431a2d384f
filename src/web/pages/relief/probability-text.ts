const nearlyAll = 0.999;

/** A probability with one decimal. What is not certain is never rounded up to it: 0.99992 is ">99.9%". */
export function probabilityText(share: number): string {
  if (share > nearlyAll && share < 1) return ">99.9%";
  return `${(share * 100).toFixed(1)}%`;
}
