/**
 * The configuration file: read once at start, checked whole, and refused with file, line and what was expected. What
 * leaves this package is immutable and free of YAML. Knows nothing of agents, transports or open tokens.
 */
package io.countersign.gateway.config;
