/** Required by mocha: its process has the clock that all others follow. */
// First, so that mocha itself measures by the machine's clock.
require('mocha');
require('./clock.cjs').lead();
