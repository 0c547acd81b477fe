package io.countersign.gateway.register;

/**
 * A place outside the register's file that remembers which file was the latest: whoever puts an old file back does not
 * reach it.
 */
public interface RegisterAnchor
{
    /**
     * What the place is called in messages.
     *
     * @return for example {@code the token trading} or {@code the journal}.
     */
    String name();

    /**
     * The latest file that the place knows of.
     *
     * @return its mark, or null when the place knows of none.
     * @throws RegisterException when the place cannot be read.
     */
    RegisterMark read() throws RegisterException;

    /**
     * Remember a file, in place of the one before. Returns when it is safe there.
     *
     * @param mark of the file.
     * @throws RegisterException when the place cannot be written.
     */
    void write(RegisterMark mark) throws RegisterException;
}
