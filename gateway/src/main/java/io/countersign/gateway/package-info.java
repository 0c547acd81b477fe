/**
 * The appliance: one thread that decides, one for what may be slow, and the journal.
 */
package io.countersign.gateway;
