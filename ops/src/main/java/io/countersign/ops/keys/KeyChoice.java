package io.countersign.ops.keys;

import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.List;

/**
 * The options that choose one key of a token: exactly one of these.
 */
final class KeyChoice
{
    @Option(names = "--id", paramLabel = "HEX", description = "CKA_ID of the key.")
    private String id;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "CKA_LABEL of the key.")
    private String alias;

    /**
     * The key that is meant: a secret or private key; a public key where the token has that alone.
     *
     * @param inventory of the token.
     * @param keys      of the token.
     * @return the key.
     */
    TokenKey of(final TokenInventory inventory, final List<TokenKey> keys)
    {
        final byte[] wanted = null == id ? null : NewKey.parseId(id);
        final List<TokenKey> all = keys.stream().filter((key) ->
            null == wanted ? key.label().equals(alias) : Arrays.equals(key.id(), wanted)).toList();
        final List<TokenKey> signing = all.stream().filter((key) -> TokenKey.Kind.PUBLIC != key.kind()).toList();
        final List<TokenKey> found = signing.isEmpty() ? all : signing;
        if (1 == found.size())
        {
            return found.getFirst();
        }
        final String name = null == id ? "alias '" + EscapedText.of(alias) + "'" : "id " + id;
        throw new CommandException(found.isEmpty() ?
            "token " + inventory.tokenLabel() + " has no key with " + name + ": see 'countersign keys list'" :
            "token " + inventory.tokenLabel() + " has " + found.size() + " keys with " + name +
                (null == id ? ": choose by --id" : ": give each key an id of its own"));
    }
}
