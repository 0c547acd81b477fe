/**
 * {@code countersign policy}: looks at a configuration before a gateway is given it. Needs no token and no gateway.
 */
package io.countersign.ops.policy;
