/**
 * The audit journal: who writes it, how it is read without touching it, and how it begins again after a crash.
 */
package io.countersign.gateway.journal;
