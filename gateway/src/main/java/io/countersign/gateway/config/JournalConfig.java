package io.countersign.gateway.config;

/**
 * What a record survives before anybody is told of it, and how much room is kept for records to come.
 *
 * @param isOnDisk   whether it must be on the storage device; else the death of the process is enough.
 * @param reserveMib room that is reserved ahead of what is written, in MiB; half as much for the next day.
 */
public record JournalConfig(boolean isOnDisk, int reserveMib)
{
}
