/**
 * Operators' commands to a running gateway: kill switches, reloads of the policy, rules that a throttle has stopped.
 * Each opens a session of its own, gives one command and ends.
 */
package io.countersign.ops.operators;
