package io.countersign.gateway.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Every key version and every operator at one time. An immutable snapshot, safe for all threads; the {@code with}
 * methods give the next one and cost a copy of the list, not of the keys: well under a millisecond to change one of
 * 10,000 keys, a few to add one.
 * <p>
 * Keys keep their order: a position once given stays with its key version, also after it is destroyed.
 */
public final class Register
{
    /** Most entries, keys and operators and recovery keys together. */
    public static final int MAX_ENTRIES = 20_000;

    /** Without any entry, saved nowhere yet. */
    public static final Register EMPTY =
        new Register(RegisterMark.NONE, new ArrayList<>(), new KeyIndex(), List.of(), List.of());

    private final RegisterMark mark;
    private final List<KeyEntry> keys;
    private final KeyIndex index;
    private final List<OperatorEntry> operators;
    private final List<RecoveryEntry> recoveries;

    /** Takes what it is given: nobody else may keep the list of keys. */
    Register(
        final RegisterMark mark,
        final List<KeyEntry> keys,
        final KeyIndex index,
        final List<OperatorEntry> operators,
        final List<RecoveryEntry> recoveries)
    {
        this.mark = mark;
        this.keys = Collections.unmodifiableList(keys);
        this.index = index;
        this.operators = operators;
        this.recoveries = recoveries;
    }

    /**
     * The file that this was read from or saved to, or that the changes in it began with.
     *
     * @return its mark, {@link RegisterMark#NONE} before the first.
     */
    public RegisterMark mark()
    {
        return mark;
    }

    /**
     * The generation of that file.
     *
     * @return from 1 on, 0 before the first.
     */
    public long generation()
    {
        return mark.generation();
    }

    /**
     * All key versions in their order; the index of each is its position.
     *
     * @return not to be changed.
     */
    public List<KeyEntry> keys()
    {
        return keys;
    }

    /**
     * All operators, in the order of their first enrolment.
     *
     * @return not to be changed.
     */
    public List<OperatorEntry> operators()
    {
        return operators;
    }

    /**
     * The recovery keys, at most one for each token.
     *
     * @return not to be changed.
     */
    public List<RecoveryEntry> recoveries()
    {
        return recoveries;
    }

    /**
     * A key version.
     *
     * @param alias   of the key.
     * @param version of the key.
     * @return the entry, or null when there is none.
     */
    public KeyEntry key(final String alias, final int version)
    {
        final int position = index.position(alias, version);
        return position < 0 ? null : keys.get(position);
    }

    /**
     * The position of a key version.
     *
     * @param alias   of the key.
     * @param version of the key.
     * @return its index in {@link #keys()}, or -1 when there is none.
     */
    public int position(final String alias, final int version)
    {
        return index.position(alias, version);
    }

    /**
     * All versions of an alias.
     *
     * @param alias of the keys.
     * @return in the order of the register, empty when there is none.
     */
    public List<KeyEntry> versionsOf(final String alias)
    {
        return Arrays.stream(index.positions(alias)).mapToObj(keys::get).toList();
    }

    /**
     * The version of an alias that signs.
     *
     * @param alias of the keys.
     * @return the entry, or null when no version is active.
     */
    public KeyEntry activeOf(final String alias)
    {
        for (final int position : index.positions(alias))
        {
            if (keys.get(position).signs())
            {
                return keys.get(position);
            }
        }
        return null;
    }

    /**
     * An operator.
     *
     * @param name of the operator.
     * @return the entry, or null when there is none.
     */
    public OperatorEntry operator(final String name)
    {
        for (final OperatorEntry operator : operators)
        {
            if (operator.name().equals(name))
            {
                return operator;
            }
        }
        return null;
    }

    /**
     * The recovery key of a token.
     *
     * @param token its name.
     * @return the entry, or null when there is none.
     */
    public RecoveryEntry recovery(final String token)
    {
        for (final RecoveryEntry recovery : recoveries)
        {
            if (recovery.token().equals(token))
            {
                return recovery;
            }
        }
        return null;
    }

    /**
     * With one key added at the end, or changed.
     *
     * @param key the new or changed entry.
     * @return the next snapshot.
     * @throws RegisterException when what is there does not allow it.
     */
    public Register withKey(final KeyEntry key) throws RegisterException
    {
        return withKeys(List.of(key));
    }

    /**
     * With several keys added or changed as one: that no alias has two active versions must hold only at the end.
     *
     * @param changes the new and changed entries; each new one goes to the end.
     * @return the next snapshot.
     * @throws RegisterException when what is there does not allow one of them; then none is taken.
     */
    public Register withKeys(final List<KeyEntry> changes) throws RegisterException
    {
        final RegisterDraft draft = new RegisterDraft(this);
        for (final KeyEntry change : changes)
        {
            draft.put(change);
        }
        return draft.finish();
    }

    /**
     * With an operator added, or changed.
     *
     * @param operator the new or changed entry.
     * @return the next snapshot.
     * @throws RegisterException when what is there does not allow it.
     */
    public Register withOperator(final OperatorEntry operator) throws RegisterException
    {
        final RegisterDraft draft = new RegisterDraft(this);
        draft.put(operator);
        return draft.finish();
    }

    /**
     * With a recovery key, in place of the one that the token has.
     *
     * @param recovery the entry.
     * @return the next snapshot.
     * @throws RegisterException when what is there does not allow it.
     */
    public Register withRecovery(final RecoveryEntry recovery) throws RegisterException
    {
        final RegisterDraft draft = new RegisterDraft(this);
        draft.put(recovery);
        return draft.finish();
    }

    KeyIndex index()
    {
        return index;
    }

    /** The same entries, as a file has them. */
    Register at(final RegisterMark next)
    {
        return new Register(next, keys, index, operators, recoveries);
    }
}
