package io.countersign.gateway.control;

import io.countersign.gateway.register.RegisterMark;

/**
 * What the key agent may have done on the gateway thread. Called by the gateway thread only.
 */
public interface KeyControl
{
    /**
     * Do something to keys: it is recorded, and the very next request meets it.
     *
     * @param update what.
     */
    void onUpdateKeys(KeyUpdate update);

    /**
     * Record that the register's file holds everything up to a generation.
     *
     * @param mark generation and digest of the file.
     */
    void onRegisterSaved(RegisterMark mark);
}
