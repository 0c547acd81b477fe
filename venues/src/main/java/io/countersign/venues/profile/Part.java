package io.countersign.venues.profile;

import java.util.List;

/**
 * A piece of a path, a header, a message or what is signed.
 */
public sealed interface Part
{
    /**
     * Where the part stands.
     *
     * @return its position in the profile.
     */
    Position at();

    /**
     * Characters that the profile chose.
     *
     * @param at   where it stands.
     * @param text the characters.
     */
    record Text(Position at, String text) implements Part
    {
    }

    /**
     * A piece of the request itself.
     *
     * @param at    where it stands.
     * @param piece which.
     */
    record Piece(Position at, RequestPiece piece) implements Part
    {
    }

    /**
     * A value.
     *
     * @param at    where it stands.
     * @param value how it is written.
     */
    record Value(Position at, FieldValue value) implements Part
    {
    }

    /**
     * The fields of the request once more, those left out that need the signature.
     *
     * @param at        where it stands.
     * @param as        how they are written; null as the request carries them.
     * @param isPercent whether values of a form are percent-encoded.
     */
    record Fields(Position at, FieldsIn as, boolean isPercent) implements Part
    {
    }

    /**
     * A hash.
     *
     * @param at        where it stands.
     * @param algorithm of the hash.
     * @param as        how the digest is written.
     * @param of        what is hashed; without hashes.
     */
    record Hash(Position at, HashAlgorithm algorithm, DigestText as, List<Part> of) implements Part
    {
    }

    /** Pieces of a request. */
    enum RequestPiece
    {
        /** The method, in capitals. */
        METHOD,

        /** The first host of the profile. */
        HOST,

        /** The path, without query. */
        PATH,

        /** The query without question mark. */
        QUERY,

        /** The query with a question mark, nothing when it is empty. */
        MARKED_QUERY,

        /** The body. */
        BODY,

        /** The media type of the body, nothing when that is empty. */
        CONTENT_TYPE
    }

    /** How a digest is written. */
    enum DigestText
    {
        /** As bytes. */
        RAW,

        /** In lower-case hexadecimal digits. */
        HEX,

        /** In base64. */
        BASE64
    }
}
