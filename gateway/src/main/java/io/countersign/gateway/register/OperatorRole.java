package io.countersign.gateway.register;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import static io.countersign.gateway.register.OperatorAct.*;

/**
 * What an operator may command: no more than the work needs. Every role may see the lists.
 */
public enum OperatorRole
{
    /** Looks. */
    VIEWER("viewer"),

    /** Looks, on behalf of others. */
    AUDITOR("auditor"),

    /** Stops bots and lets them go on. */
    TRADER_SUPPORT("trader-support", SWITCH_ON, SWITCH_OFF, EXECUTION_ENABLE),

    /** Sees to the keys, from making to destroying. */
    KEY_MANAGER("key-manager", KEYS_GENERATE, KEYS_REGISTER, KEYS_ACTIVATE, KEYS_ROTATE, KEYS_SUSPEND, KEYS_REVOKE,
        KEYS_DESTROY, KEYS_RECOVERY, KEYS_BACKUP, KEYS_RESTORE),

    /** Sees to operators and policy, stops everything, and is the second pair of eyes. */
    SECURITY_OFFICER("security-officer", SWITCH_ON, SWITCH_OFF, EXECUTION_ENABLE, POLICY_RELOAD, KEYS_SUSPEND,
        KEYS_REVOKE, KEYS_DESTROY, OPERATORS_ENROLL, OPERATORS_REMOVE, OPERATORS_UNLOCK, OPERATORS_APPROVE);

    private final String configName;
    private final Set<OperatorAct> acts;

    OperatorRole(final String configName, final OperatorAct... changes)
    {
        final Set<OperatorAct> allowed = EnumSet.noneOf(OperatorAct.class);
        for (final OperatorAct act : OperatorAct.values())
        {
            if (act.isList())
            {
                allowed.add(act);
            }
        }
        Collections.addAll(allowed, changes);
        this.configName = configName;
        acts = Collections.unmodifiableSet(allowed);
    }

    /**
     * The role of a name in the register's file and in commands.
     *
     * @param configName for example {@code key-manager}; case matters.
     * @return the role, or null when none has that name.
     */
    public static OperatorRole ofConfigName(final String configName)
    {
        for (final OperatorRole role : values())
        {
            if (role.configName.equals(configName))
            {
                return role;
            }
        }
        return null;
    }

    /**
     * The name in the register's file, in commands and in messages.
     *
     * @return for example {@code key-manager}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * Whether an operator with this role may command something.
     *
     * @param act what.
     * @return true when it may.
     */
    public boolean may(final OperatorAct act)
    {
        return acts.contains(act);
    }

    /**
     * Everything that the role may command.
     *
     * @return the acts, in the order of {@link OperatorAct}.
     */
    public Set<OperatorAct> acts()
    {
        return acts;
    }
}
