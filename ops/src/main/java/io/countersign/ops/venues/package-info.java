/**
 * {@code countersign venue}: venues, their profiles, and vectors that profiles are held to. A {@link
 * io.countersign.ops.venues.VectorBench} takes a vector from its file to the request of a gateway and back.
 */
package io.countersign.ops.venues;
