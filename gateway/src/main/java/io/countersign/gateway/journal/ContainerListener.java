package io.countersign.gateway.journal;

import java.nio.file.Path;

/**
 * Hears of bytes of a cycle file that hold no record and are not what Chronicle Queue writes there.
 */
@FunctionalInterface
public interface ContainerListener
{
    /**
     * Bytes are not as they should be. No record is affected.
     *
     * @param file   the cycle file.
     * @param offset of the first such byte, or of the field that is wrong.
     * @param what   is wrong, a few words.
     */
    void onDamage(Path file, long offset, String what);
}
