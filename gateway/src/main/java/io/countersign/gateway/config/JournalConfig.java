package io.countersign.gateway.config;

/**
 * What a record survives before anybody is told of it.
 *
 * @param isOnDisk whether it must be on the storage device; else the death of the process is enough.
 */
public record JournalConfig(boolean isOnDisk)
{
}
