package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

class PublishedVectorsTest
{
    private record Vector(String name, SigningAlgorithm algorithm, byte[] key, byte[] payload, byte[] signature)
    {
        static Vector parse(final String line)
        {
            final String[] columns = line.split("\t");
            return new Vector(
                columns[0], SigningAlgorithm.ofConfigName(columns[1]), decode(columns[2]), decode(columns[3]),
                decode(columns[4]));
        }

        private static byte[] decode(final String base64)
        {
            return Base64.getDecoder().decode(base64);
        }
    }

    @Test
    void shouldReproducePublishedSignatures() throws Exception
    {
        final List<Vector> vectors = vectors();
        assertEquals(23, vectors.size());

        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final Vector vector : vectors)
        {
            if (vector.algorithm.isMac())
            {
                token.importSecret(vector.name, vector.algorithm, vector.key);
            }
            else
            {
                token.importPrivateKey(vector.name, vector.algorithm, vector.key);
            }
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < vectors.size(); i++)
            {
                final Vector vector = vectors.get(i);
                assertArrayEquals(vector.signature, lane.sign(i, vector.payload), vector.name);
            }
        }
    }

    private static List<Vector> vectors() throws IOException
    {
        try (InputStream in = PublishedVectorsTest.class.getResourceAsStream("published-vectors.tsv"))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.startsWith("#"))
                .map(Vector::parse)
                .toList();
        }
    }
}
