/**
 * An extension for the tests' VS Code: all extensions share one global object, so it moves the clock for Peerscope too.
 * Peerscope may have begun a moment before, after a reload of the window: it keeps no `Date.now` of then.
 */
exports.activate = () => require('./clock.cjs').follow();
