package io.countersign.gateway.control;

import io.countersign.gateway.journal.SealEntry;

/**
 * What the seal agent may have done. For the gateway thread.
 */
public interface SealControl
{
    /**
     * Record a seal, unless it comes too late.
     *
     * @param seal verified.
     */
    void onSeal(SealEntry seal);
}
