/** Makes the tests of a suite steps of one journey: after one that failed the others are not tried. */
export function stepsOfOneJourney(): void {
  let broken = false;
  beforeEach(function () {
    if (broken) this.skip();
  });
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed';
  });
}
