/**
 * The {@code countersign} command.
 */
package io.countersign.ops;
