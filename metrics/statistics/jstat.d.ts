/** The few functions of jstat (1.9) that are used here; the package has no types of its own. */
declare module 'jstat' {
  const jstat: {
    normal: {
      /** The quantile of a normal distribution. */
      inv(p: number, mean: number, sd: number): number;
    };
    studentt: {
      /** P(T <= t) of Student's distribution. */
      cdf(t: number, df: number): number;
      /** Its quantile. */
      inv(p: number, df: number): number;
    };
    chisquare: {
      /** P(X <= x) for a chi-square variable. */
      cdf(x: number, df: number): number;
    };
  };
  export default jstat;
}
