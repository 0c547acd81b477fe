package io.countersign.venues;

import java.util.Arrays;
import java.util.stream.Collectors;

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
    QUERY_ACCOUNT(3, "query-account", Scope.QUERY),

    /** Cancel every open order, of one symbol or of all. */
    CANCEL_ALL(4, "cancel-all", Scope.CANCEL),

    /** Ask for the open orders, of one symbol or of all. */
    QUERY_ORDERS(5, "query-orders", Scope.QUERY),

    /** Log on to a WebSocket or FIX session of the venue. Orders that follow in it are not seen. */
    LOGIN(6, "login", Scope.LOGIN),

    /** Sign a transaction of a chain: moves what the account has, or calls a contract. */
    TRANSACT(7, "transact", Scope.TRANSFER);

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
     * Whether the operation only takes orders back.
     *
     * @return true for every cancel.
     */
    public boolean isCancel()
    {
        return Scope.CANCEL == scope;
    }

    /**
     * Whether the operation uses up what an account has, so that limits of amounts and counts hold it.
     *
     * @return true for new orders and transactions.
     */
    public boolean isLimited()
    {
        return NEW_ORDER == this || TRANSACT == this;
    }

    /**
     * Whether the operation is about an instrument or recipient, or about every one when the request names none.
     *
     * @return false for what is about the whole account whatever the request says.
     */
    public boolean hasSymbol()
    {
        return QUERY_ACCOUNT != this && LOGIN != this;
    }

    /**
     * Every name that {@link #ofConfigName} knows, for messages to people.
     *
     * @return the names, separated by a comma and a space.
     */
    public static String configNames()
    {
        return Arrays.stream(values()).map(Operation::configName).collect(Collectors.joining(", "));
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
