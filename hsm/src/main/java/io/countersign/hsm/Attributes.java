package io.countersign.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

/**
 * Makes the attributes of templates.
 */
final class Attributes
{
    private Attributes()
    {
    }

    /**
     * An attribute.
     *
     * @param type  a {@code CKA_} value.
     * @param value a {@link Boolean}, {@link Long}, byte array or, for texts, char array.
     * @return the attribute.
     */
    static CK_ATTRIBUTE of(final long type, final Object value)
    {
        final CK_ATTRIBUTE attribute = new CK_ATTRIBUTE();
        attribute.type = type;
        attribute.pValue = value;
        return attribute;
    }
}
