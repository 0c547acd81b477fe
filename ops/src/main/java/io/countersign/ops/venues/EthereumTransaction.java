package io.countersign.ops.venues;

import io.countersign.venues.Operation;
import io.countersign.venues.ethereum.EthereumTransactions;
import io.countersign.venues.profile.FieldSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/**
 * Reads a vector's EIP-1559 transaction back into what a bot would ask for.
 */
final class EthereumTransaction
{
    private static final int WEI_DECIMALS = 18;
    private static final int HEX = 16;

    private EthereumTransaction()
    {
    }

    static Verdict check(final Vector vector, final VectorBench bench) throws GeneralSecurityException
    {
        if (!(vector.fields().get("params") instanceof final Map<?, ?> transaction) ||
            null == transaction.get("maxFeePerGas") || null == transaction.get("to"))
        {
            return Verdict.notDescribed(
                vector.id(), "the scheme signs transactions of EIP-1559 to an address, and nothing else");
        }
        if (transaction.get("accessList") instanceof final List<?> accessList && !accessList.isEmpty())
        {
            return Verdict.notDescribed(vector.id(), "the scheme signs no access lists");
        }
        return SchemeVector.check(vector, bench, Operation.TRANSACT, (values) -> read(transaction, values));
    }

    private static void read(final Map<?, ?> transaction, final Values values) throws Contradiction
    {
        final BigInteger gasLimit = number(transaction, null == transaction.get("gas") ? "gasLimit" : "gas");
        final BigInteger maxFeePerGas = number(transaction, "maxFeePerGas");
        final BigInteger wei = number(transaction, "value");
        values.put(FieldSource.SYMBOL, transaction.get("to").toString());
        if (0 != wei.signum())
        {
            values.put(FieldSource.QUANTITY, ether(wei));
        }
        values.put(FieldSource.ACCOUNT_NONCE, number(transaction, "nonce").toString());
        values.put(FieldSource.GAS_LIMIT, gasLimit.toString());
        values.put(FieldSource.MAX_FEE_PER_GAS, maxFeePerGas.toString());
        values.put(FieldSource.MAX_PRIORITY_FEE_PER_GAS, number(transaction, "maxPriorityFeePerGas").toString());
        final Object data = null == transaction.get("data") ? "0x" : transaction.get("data");
        values.put(FieldSource.DATA, data.toString());
        values.putParameter(EthereumTransactions.DATA, "any");
        values.putParameter(EthereumTransactions.CHAIN_ID, number(transaction, "chainId").toString());
        values.putParameter(EthereumTransactions.MAX_FEE, ether(gasLimit.multiply(maxFeePerGas)));
    }

    private static String ether(final BigInteger wei)
    {
        return new BigDecimal(wei, WEI_DECIMALS).stripTrailingZeros().toPlainString();
    }

    /** Decimal, or hexadecimal behind {@code 0x}; 0 where there is none. */
    private static BigInteger number(final Map<?, ?> transaction, final String name) throws Contradiction
    {
        final String text = null == transaction.get(name) ? "0" : transaction.get(name).toString();
        if (!text.matches("[0-9]{1,78}|0x[0-9a-fA-F]{1,64}"))
        {
            throw new Contradiction("'" + name + "' is '" + text + "'; expected a whole number");
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), HEX) : new BigInteger(text);
    }
}
