/**
 * Looks at a running gateway from outside: {@code countersign status}. It reads memory that the gateway shares and
 * never writes to it.
 */
package io.countersign.ops.status;
