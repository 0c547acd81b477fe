package io.countersign.gateway.register;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads the bytes of a register's file. Nothing is believed before it was found authentic; what is not is refused with
 * the first line that does not fit.
 */
final class RegisterReader
{
    private static final String RESTORE = ": restore the file from its latest backup";

    private static final int LAST_LINES = 8;

    private final Path file;
    private final byte[] content;
    private final List<RegisterLine> lines = new ArrayList<>();
    private RegisterHead head;
    private Register register;

    RegisterReader(final Path file, final byte[] content)
    {
        this.file = file;
        this.content = content;
    }

    /** Reads everything, and checks it against the seal. */
    Register read(final RegisterSeal seal) throws RegisterException
    {
        split();
        readHead();
        authenticate(seal);
        readEntries();
        return register;
    }

    /** Digest of the file before, after {@link #read(RegisterSeal)}. */
    String previous()
    {
        return head.previous();
    }

    private void split() throws RegisterException
    {
        if (0 == content.length)
        {
            throw new RegisterException(file + ": is empty" + RESTORE);
        }
        int offset = 0;
        while (offset < content.length)
        {
            final int number = lines.size() + 1;
            if (Register.MAX_ENTRIES + 1 < number)
            {
                throw error(number, "more than " + Register.MAX_ENTRIES + " entries");
            }
            final int limit = Math.min(content.length, offset + RegisterLine.MAX_LENGTH);
            int end = offset;
            while (end < limit && '\n' != content[end])
            {
                end++;
            }
            final String member = 1 == number ? RegisterWriter.SEAL : RegisterWriter.TAG;
            final RegisterLine line = RegisterLine.of(content, number, offset, end, member);
            if (end == limit)
            {
                throw error(line, end == content.length ? "has no line end: the file was cut" + RESTORE :
                    "is longer than " + RegisterLine.MAX_LENGTH + " bytes" + RESTORE);
            }
            lines.add(line);
            offset = end + 1;
        }
    }

    private void readHead() throws RegisterException
    {
        final RegisterLine line = lines.getFirst();
        if (null == line.mac())
        {
            throw error(line, "is no register, or was edited: it has no seal" + RESTORE);
        }
        try
        {
            head = EntryReader.head(line.object());
        }
        catch (final RegisterException ex)
        {
            throw error(line, ex.getMessage() + RESTORE);
        }
    }

    private void authenticate(final RegisterSeal seal) throws RegisterException
    {
        try (LineTags tags = new LineTags(seal))
        {
            final RegisterLine first = lines.getFirst();
            final MessageDigest digest = tags.begin(content, first.offset(), first.length());
            final byte[] tag = new byte[LineTags.LENGTH];
            RegisterLine misfit = null;
            int misfits = 0;
            for (final RegisterLine line : lines.subList(1, lines.size()))
            {
                if (null != line.mac())
                {
                    digest.update(line.mac());
                }
                if (!fits(tags, line, line.number(), tag))
                {
                    misfit = null == misfit ? line : misfit;
                    misfits++;
                }
            }
            final boolean isSealed = MessageDigest.isEqual(tags.seal(digest), first.mac());
            if (null != misfit)
            {
                throw misfit(tags, misfit, !isSealed && 1 < misfits && lines.size() - 1 == misfits && isForeign(tags));
            }
            checkCounts();
            if (!isSealed)
            {
                throw error(first, "the seal does not fit, though every line is genuine: the head was edited, or a " +
                    "line was taken from an older file" + RESTORE);
            }
        }
    }

    /** What to say of the first line whose tag does not fit. */
    private RegisterException misfit(final LineTags tags, final RegisterLine line, final boolean isForeign)
    {
        if (null == line.mac())
        {
            return error(line, "was edited: it has no tag" + RESTORE);
        }
        final int home = home(tags, line);
        if (0 < home)
        {
            return error(line, "belongs at line " + home + ": lines were added, removed or moved" + RESTORE);
        }
        return isForeign ?
            error(lines.getFirst(), "nothing in it fits the register key of the token: expected the token that it " +
                "was sealed with") :
            error(line, "was edited: its tag does not fit" + RESTORE);
    }

    /** Whether none of the last lines fits at any place: then it is not an edit that moved them. */
    private boolean isForeign(final LineTags tags)
    {
        for (final RegisterLine line : lines.subList(Math.max(1, lines.size() - LAST_LINES), lines.size()))
        {
            if (0 < home(tags, line))
            {
                return false;
            }
        }
        return true;
    }

    /** The number of the line that a tag was made for, or 0: looked for as far as the file goes or should have gone. */
    private int home(final LineTags tags, final RegisterLine line)
    {
        final byte[] tag = new byte[LineTags.LENGTH];
        final int last = Math.max(lines.size(), head.entries() + 1);
        for (int number = 2; number <= last; number++)
        {
            if (fits(tags, line, number, tag))
            {
                return number;
            }
        }
        return 0;
    }

    private static boolean fits(final LineTags tags, final RegisterLine line, final int number, final byte[] tag)
    {
        if (null == line.mac())
        {
            return false;
        }
        tags.tag(number, line.content(), line.offset(), line.length(), tag);
        return MessageDigest.isEqual(tag, line.mac());
    }

    private void checkCounts() throws RegisterException
    {
        final int entries = lines.size() - 1;
        if (head.entries() != entries)
        {
            throw error(lines.getFirst(), "the head counts " + head.entries() + " entries, there are " + entries +
                ": lines at the end were removed or added, or the head was edited" + RESTORE);
        }
    }

    /** From here on the file is what a gateway has written; what is refused is not an attack but another version. */
    private void readEntries() throws RegisterException
    {
        final MessageDigest digest = LineTags.sha256();
        final RegisterMark mark =
            new RegisterMark(head.generation(), HexFormat.of().formatHex(digest.digest(content)));
        final RegisterDraft draft = new RegisterDraft(mark);
        final Map<String, KeyEntry> active = new HashMap<>();
        for (final RegisterLine line : lines.subList(1, lines.size()))
        {
            try
            {
                read(line, draft, active);
            }
            catch (final RegisterException ex)
            {
                throw error(line, ex.getMessage());
            }
        }
        register = draft.finish();
    }

    private void read(final RegisterLine line, final RegisterDraft draft, final Map<String, KeyEntry> active)
        throws RegisterException
    {
        final int position = line.number() - 2;
        if (position < head.keys())
        {
            final KeyEntry key = EntryReader.key(line.object());
            draft.add(key);
            final KeyEntry other = key.signs() ? active.put(key.alias(), key) : null;
            if (null != other)
            {
                throw new RegisterException("is active, and so is version " + other.version());
            }
        }
        else if (position < head.keys() + head.operators())
        {
            final OperatorEntry operator = EntryReader.operator(line.object());
            if (draft.hasOperator(operator.name()))
            {
                throw new RegisterException("stands twice");
            }
            draft.put(operator);
        }
        else
        {
            final RecoveryEntry recovery = EntryReader.recovery(line.object());
            if (draft.hasRecovery(recovery.token()))
            {
                throw new RegisterException("stands twice");
            }
            draft.put(recovery);
        }
    }

    private RegisterException error(final RegisterLine line, final String what)
    {
        return 1 == line.number() ? error(1, what) : error(line.number(), line.subject() + ": " + what);
    }

    private RegisterException error(final int number, final String what)
    {
        return new RegisterException(file + ":" + number + ": " + what);
    }
}
