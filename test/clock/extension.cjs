/** An extension for the tests' VS Code: all extensions share one global object, so it moves the clock for Peerscope too. */
exports.activate = () => require('./clock.cjs').follow();
