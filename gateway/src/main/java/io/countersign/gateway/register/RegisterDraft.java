package io.countersign.gateway.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The next snapshot of a register while it is made. Refuses each entry that what is there does not allow.
 */
final class RegisterDraft
{
    private final RegisterMark mark;
    private final List<KeyEntry> keys;
    private final Map<String, OperatorEntry> operators;
    private final Map<String, RecoveryEntry> recoveries;
    private final Set<String> changedAliases = new HashSet<>();

    /** Made when an operator changes, which is rare: no suspension of a key has to wait for it. */
    private Map<String, OperatorEntry> operatorsByKey;
    private KeyIndex index;
    private boolean isIndexShared;

    RegisterDraft(final RegisterMark mark)
    {
        this.mark = mark;
        keys = new ArrayList<>();
        operators = new LinkedHashMap<>();
        recoveries = new LinkedHashMap<>();
        index = new KeyIndex();
    }

    RegisterDraft(final Register register)
    {
        mark = register.mark();
        keys = new ArrayList<>(register.keys());
        operators = new LinkedHashMap<>();
        recoveries = new LinkedHashMap<>();
        index = register.index();
        isIndexShared = true;
        register.operators().forEach((operator) -> operators.put(operator.name(), operator));
        register.recoveries().forEach((recovery) -> recoveries.put(recovery.token(), recovery));
    }

    /** Adds a key at the end, or changes one that is there. */
    void put(final KeyEntry key) throws RegisterException
    {
        final int position = index.position(key.alias(), key.version());
        if (0 <= position)
        {
            KeyChange.check(keys.get(position), key);
            keys.set(position, key);
            changedAliases.add(key.alias());
        }
        else
        {
            if (KeyState.PRE_ACTIVE != key.state() && KeyState.ACTIVE != key.state())
            {
                throw new RegisterException(key + " is new and cannot be " + key.state().configName() +
                    ": it begins as pre-active or active");
            }
            add(key);
        }
    }

    /** Adds a key at the end, in whatever state it is. */
    void add(final KeyEntry key) throws RegisterException
    {
        checkRoom();
        refuseTwin(key, index.position(key.alias(), key.version()), "alias and version");
        refuseTwin(key, index.positionOfId(key.token(), key.spec().id()), "id in token " + key.token());
        refuseTwin(key, index.positionOfPinned(key),
            key.spec().algorithm().isMac() ? "check value" : "public key");
        final RecoveryEntry recovery = recoveries.get(key.token());
        if (null != recovery && Arrays.equals(recovery.id(), key.spec().id()))
        {
            throw new RegisterException(key + " has the id of the " + recovery + ": give it another id");
        }
        if (isIndexShared)
        {
            index = index.next();
            isIndexShared = false;
        }
        index.add(key, keys.size());
        keys.add(key);
        changedAliases.add(key.alias());
    }

    /** Adds an operator, or changes one that is there. */
    void put(final OperatorEntry operator) throws RegisterException
    {
        final OperatorEntry before = operators.get(operator.name());
        if (null == before)
        {
            checkRoom();
        }
        else
        {
            OperatorChange.check(before, operator);
        }
        if (null == operatorsByKey)
        {
            operatorsByKey = new HashMap<>();
            operators.values().forEach((each) -> operatorsByKey.put(keyOf(each), each));
        }
        final OperatorEntry twin = operatorsByKey.get(keyOf(operator));
        if (null != twin && !twin.name().equals(operator.name()))
        {
            throw new RegisterException("operator " + operator.name() + " has the public key of operator " +
                twin.name() + ": each operator makes a key of their own");
        }
        place(operator);
    }

    /** Adds the recovery key of a token, or another one in its place. */
    void put(final RecoveryEntry recovery) throws RegisterException
    {
        if (!recoveries.containsKey(recovery.token()))
        {
            checkRoom();
        }
        final int position = index.positionOfId(recovery.token(), recovery.id());
        if (0 <= position)
        {
            throw new RegisterException("the " + recovery + " has the id of " + keys.get(position) +
                ": give it another id");
        }
        recoveries.put(recovery.token(), recovery);
    }

    boolean hasOperator(final String name)
    {
        return operators.containsKey(name);
    }

    boolean hasRecovery(final String token)
    {
        return recoveries.containsKey(token);
    }

    /** The snapshot. */
    Register finish() throws RegisterException
    {
        for (final String alias : changedAliases)
        {
            checkActive(alias);
        }
        return new Register(mark, keys, index, List.copyOf(operators.values()), List.copyOf(recoveries.values()));
    }

    private void checkActive(final String alias) throws RegisterException
    {
        KeyEntry active = null;
        for (final int position : index.positions(alias))
        {
            final KeyEntry key = keys.get(position);
            if (key.signs() && null != active)
            {
                throw new RegisterException("key " + alias + ": version " + active.version() + " and version " +
                    key.version() + " would both be active: make one of them retiring, suspended or revoked");
            }
            active = key.signs() ? key : active;
        }
    }

    private void checkRoom() throws RegisterException
    {
        if (Register.MAX_ENTRIES <= keys.size() + operators.size() + recoveries.size())
        {
            throw new RegisterException("the register is full: it takes " + Register.MAX_ENTRIES + " entries");
        }
    }

    private void refuseTwin(final KeyEntry key, final int position, final String what) throws RegisterException
    {
        if (0 <= position)
        {
            final KeyEntry twin = keys.get(position);
            throw new RegisterException(key + " has the " + what + " of " + twin + ", which is in the register (" +
                twin.state().configName() + "): none of them is ever used again");
        }
    }

    private void place(final OperatorEntry operator)
    {
        final OperatorEntry before = operators.put(operator.name(), operator);
        if (null != before)
        {
            operatorsByKey.remove(keyOf(before));
        }
        operatorsByKey.put(keyOf(operator), operator);
    }

    private static String keyOf(final OperatorEntry operator)
    {
        return HexFormat.of().formatHex(operator.publicKey());
    }
}
