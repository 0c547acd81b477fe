package io.countersign.gateway.register;

import io.countersign.gateway.config.FileErrors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of a register. Reading needs no lock, as the file is only ever replaced whole; writing does. For one thread,
 * which may wait for the disk and for the token.
 * <p>
 * After each {@link #save}, bring every anchor up to {@link Register#mark()} before saving again: a file that is two
 * generations ahead of an anchor is refused.
 */
public final class RegisterFile
{
    private static final int MAX_NEWER = 20;

    private final Path file;
    private final RegisterSeal seal;
    private Register register;
    private String previous;
    private boolean isUncertain;

    private RegisterFile(final Path file, final RegisterSeal seal, final Register register, final String previous)
    {
        this.file = file;
        this.seal = seal;
        this.register = register;
        this.previous = previous;
    }

    /**
     * Reads a register and checks that it is authentic. Whether it is the latest, {@link #checkAnchor} says.
     *
     * @param file of the register, a regular one with mode 0600 or less.
     * @param seal by the register key.
     * @return the file, read.
     * @throws RegisterException when it is missing, open to others, not authentic or of another version.
     */
    public static RegisterFile open(final Path file, final RegisterSeal seal) throws RegisterException
    {
        final RegisterReader reader = new RegisterReader(file, RegisterPath.read(file));
        final Register register = reader.read(seal);
        return new RegisterFile(file, seal, register, reader.previous());
    }

    /**
     * Makes the first file of a register, generation 1.
     *
     * @param file  where no file is yet.
     * @param seal  by the register key.
     * @param lock  for this file.
     * @param first entries, made from {@link Register#EMPTY}.
     * @param nowMs milliseconds since 1970.
     * @return the file, saved.
     * @throws RegisterException when there is a file, or it cannot be written.
     */
    public static RegisterFile create(
        final Path file, final RegisterSeal seal, final RegisterLock lock, final Register first, final long nowMs)
        throws RegisterException
    {
        if (RegisterPath.exists(file))
        {
            throw new RegisterException(file + ": is there already: use it, or move it out of the way");
        }
        final RegisterFile created = new RegisterFile(file, seal, Register.EMPTY, RegisterMark.NONE.digest());
        created.save(first, lock, nowMs);
        return created;
    }

    /**
     * What the file holds.
     *
     * @return the snapshot that was read or saved last.
     */
    public Register register()
    {
        return register;
    }

    /**
     * Where the file is.
     *
     * @return its path as given.
     */
    public Path path()
    {
        return file;
    }

    /**
     * Replaces the file by the next generation. Returns when it is safe on the disk. When it throws, the register is as
     * it was, unless the message says otherwise.
     *
     * @param next  entries, made from {@link #register()} by its {@code with} methods.
     * @param lock  for this file.
     * @param nowMs milliseconds since 1970.
     * @return the same entries with the generation and digest of the new file.
     * @throws RegisterException when the lock is not held, {@code next} was made from another generation, or the token
     *                           or the disk refuses.
     */
    public Register save(final Register next, final RegisterLock lock, final long nowMs) throws RegisterException
    {
        if (!lock.isHeld() || !lock.file().equals(file))
        {
            throw new RegisterException(file + ": cannot be saved without its lock");
        }
        if (isUncertain)
        {
            throw new RegisterException(file + ": an earlier save failed half way: open the file again first");
        }
        if (!register.mark().equals(next.mark()))
        {
            throw new RegisterException(file + ": is generation " + register.generation() +
                ", the change was made from generation " + next.generation() + ": make it again from this one");
        }

        final long generation = register.generation() + 1;
        final RegisterHead head = new RegisterHead(generation, nowMs, register.mark().digest(),
            next.keys().size(), next.operators().size(), next.recoveries().size());
        final byte[] content = RegisterWriter.write(next, head, seal);
        put(content);
        final String digest = HexFormat.of().formatHex(LineTags.sha256().digest(content));
        previous = register.mark().digest();
        register = next.at(new RegisterMark(generation, digest));
        return register;
    }

    /**
     * Whether the file is the latest, as an anchor knows. An anchor that knows none takes the first generation, and no
     * other.
     *
     * @param anchor to ask; it is brought up when the file is the one that follows what it knows.
     * @param newer  entries that are known from elsewhere to have changed after an old file, for the message; may be
     *               empty.
     * @return what was found.
     * @throws RegisterException when the file was rolled back or is foreign, or the anchor cannot be read or written.
     */
    public AnchorCheck checkAnchor(final RegisterAnchor anchor, final List<String> newer) throws RegisterException
    {
        final RegisterMark read = anchor.read();
        final RegisterMark known = null == read ? RegisterMark.NONE : read;
        final RegisterMark mark = register.mark();
        if (known.equals(mark))
        {
            return AnchorCheck.EQUAL;
        }
        if (known.generation() + 1 == mark.generation() && known.digest().equals(previous))
        {
            anchor.write(mark);
            return AnchorCheck.BROUGHT_UP;
        }

        final String both = ": the file is generation " + mark.generation() + ", " + anchor.name() + " knows " +
            (null == read ? "none" : Long.toString(known.generation()));
        if (mark.generation() < known.generation())
        {
            throw new RegisterException(file + ": rolled back" + both + ": restore generation " + known.generation() +
                " from a backup" + newerText(newer));
        }
        throw new RegisterException(file + ": foreign" + both + (mark.generation() == known.generation() ?
            " by another digest" : "") + ": restore the file that belongs to " + anchor.name());
    }

    private void put(final byte[] content) throws RegisterException
    {
        try
        {
            RegisterPath.replace(file, content);
        }
        catch (final IOException ex)
        {
            throw new RegisterException(file + ": cannot be saved (" + FileErrors.reason(ex) +
                "): the file is as it was; make room and give this user the right to write its directory", ex);
        }
        try
        {
            RegisterPath.forceDirectory(file);
        }
        catch (final IOException ex)
        {
            isUncertain = true;
            throw new RegisterException(file + ": was saved, but may not survive a loss of power (" +
                FileErrors.reason(ex) + "): see to the disk, then open the file again", ex);
        }
    }

    private static String newerText(final List<String> newer)
    {
        if (newer.isEmpty())
        {
            return "";
        }
        final int more = newer.size() - MAX_NEWER;
        return "; changed since: " + String.join(", ", newer.subList(0, Math.min(MAX_NEWER, newer.size()))) +
            (0 < more ? " and " + more + " more" : "");
    }
}
