/**
 * What an operator may see of a running gateway from another process: counters in the media driver's mapped file.
 */
package io.countersign.gateway.counters;
