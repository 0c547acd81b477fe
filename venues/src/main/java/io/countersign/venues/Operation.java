package io.countersign.venues;

/**
 * What a request asks of a venue. Codes and configuration names never change their meaning.
 */
public enum Operation
{
    /** Place a new order. */
    NEW_ORDER(0, "new-order", Scope.TRADE),

    /** Cancel one order. */
    CANCEL_ORDER(1, "cancel-order", Scope.CANCEL),

    /** Ask for the state of one order. */
    QUERY_ORDER(2, "query-order", Scope.QUERY),

    /** Ask for the balances of the account. */
    QUERY_ACCOUNT(3, "query-account", Scope.QUERY);

    private final int code;
    private final String configName;
    private final Scope scope;

    Operation(final int code, final String configName, final Scope scope)
    {
        this.scope = scope;
        this.code = code;
        this.configName = configName;
    }

    /**
     * The number that stands for this operation in tables: from 0, without gaps.
     *
     * @return the code.
     */
    public int code()
    {
        return code;
    }

    /**
     * The name that configuration uses.
     *
     * @return for example {@code new-order}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * What kind of power the operation has.
     *
     * @return the scope that grants it.
     */
    public Scope scope()
    {
        return scope;
    }

    /**
     * The operation of a name in configuration.
     *
     * @param configName for example {@code new-order}.
     * @return the operation, or null when no operation has this name.
     */
    public static Operation ofConfigName(final String configName)
    {
        for (final Operation operation : values())
        {
            if (operation.configName.equals(configName))
            {
                return operation;
            }
        }
        return null;
    }
}
