package io.countersign.gateway.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole policy file, checked. Immutable.
 *
 * @param file       where it was read from.
 * @param text       the text as read; the journal keeps it.
 * @param sha256     of the text's UTF-8 bytes.
 * @param keys       of the gateway's configuration, in its order; a key's position is its index everywhere.
 * @param keyWindows times in which keys may sign; a key without one always may.
 * @param priceBands by symbol.
 * @param principals in file order.
 * @param operators  in file order.
 */
public record PolicyConfig(
    Path file,
    String text,
    byte[] sha256,
    List<KeyConfig> keys,
    List<KeyWindow> keyWindows,
    Map<String, PriceBand> priceBands,
    List<PrincipalConfig> principals,
    List<PrincipalConfig> operators)
{
    /**
     * The short name of this policy in records: the first 8 bytes of its SHA-256, big endian.
     *
     * @return the policy version.
     */
    public long policyVersion()
    {
        return ByteBuffer.wrap(sha256).getLong();
    }

    /**
     * Everybody who may open a session.
     *
     * @return principals, then operators; the position is the principal index everywhere.
     */
    public List<PrincipalConfig> everybody()
    {
        final List<PrincipalConfig> everybody = new ArrayList<>(principals);
        everybody.addAll(operators);
        return everybody;
    }
}
