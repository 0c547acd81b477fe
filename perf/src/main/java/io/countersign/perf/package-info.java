/**
 * The demonstration and the measuring rig.
 */
package io.countersign.perf;
