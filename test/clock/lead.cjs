/** Required by mocha: its process has the clock that all others follow. */
require('./clock.cjs').lead();
