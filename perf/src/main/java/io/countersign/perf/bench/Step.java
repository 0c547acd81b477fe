package io.countersign.perf.bench;

import io.countersign.hsm.TokenException;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;

/**
 * One step of a run.
 *
 * @param name    for people.
 * @param seconds that it takes, estimated.
 * @param action  that it is.
 */
record Step(String name, double seconds, Action action)
{
    /**
     * What is done.
     */
    @FunctionalInterface
    interface Action
    {
        /**
         * Do it.
         *
         * @throws IOException        when a file or a process fails.
         * @throws MeasuringException when it cannot be measured.
         * @throws TokenException     when the token fails.
         */
        void run() throws IOException, MeasuringException, TokenException;
    }
}
