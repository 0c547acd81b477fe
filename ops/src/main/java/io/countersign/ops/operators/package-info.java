/**
 * Operators' commands to a running gateway: kill switches, reloads of the policy, rules that a throttle has stopped,
 * other operators; and the keys and one-time codes that operators sign with. Each command goes in a session of its own.
 */
package io.countersign.ops.operators;
