package orchestrator.api.definition;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Test;

/** The examples of RFC 8785, and what it refuses. */
public class CanonicalJsonTest {

    /** Appendix B: bits of a double, and how it is written. */
    private static final String NUMBERS =
            """
            0000000000000000 0
            8000000000000000 0
            0000000000000001 5e-324
            8000000000000001 -5e-324
            7fefffffffffffff 1.7976931348623157e+308
            ffefffffffffffff -1.7976931348623157e+308
            4340000000000000 9007199254740992
            c340000000000000 -9007199254740992
            4430000000000000 295147905179352830000
            44b52d02c7e14af5 9.999999999999997e+22
            44b52d02c7e14af6 1e+23
            44b52d02c7e14af7 1.0000000000000001e+23
            444b1ae4d6e2ef4e 999999999999999700000
            444b1ae4d6e2ef4f 999999999999999900000
            444b1ae4d6e2ef50 1e+21
            3eb0c6f7a0b5ed8c 9.999999999999997e-7
            3eb0c6f7a0b5ed8d 0.000001
            41b3de4355555553 333333333.3333332
            41b3de4355555554 333333333.33333325
            41b3de4355555555 333333333.3333333
            41b3de4355555556 333333333.3333334
            41b3de4355555557 333333333.33333343
            becbf647612f3696 -0.0000033333333333333333
            43143ff3c1cb0959 1424953923781206.2
            """;

    @Test
    public void theNumbersOfAppendixB() {
        for (String line : NUMBERS.lines().toList()) {
            long bits = Long.parseUnsignedLong(line.substring(0, 16), 16);
            assertEquals(line.substring(17), json(Double.longBitsToDouble(bits)));
        }
    }

    /** The sum was made of what a JavaScript engine (V8) writes, one power a line. */
    @Test
    public void allPowersOfTwo() throws NoSuchAlgorithmException {
        List<String> powers = new ArrayList<>();
        for (int exponent = -1074; exponent < 1024; exponent++) {
            powers.add(json(Math.scalb(1.0, exponent)));
        }
        byte[] bytes = String.join("\n", powers).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "2f251a067d4e7c3c4a2512831bbed978d5d82a527fc5bff3e19a7f9e1513e15e",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    public void everyNumberReadsBack() {
        Random random = new Random(8785);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, Double.parseDouble(json(value)), 0.0);
            }
        }
    }

    @Test
    public void aNumberIsWrittenAlikeWhateverItsType() {
        for (Number one :
                List.of(1, 1L, 1.0, 1f, new BigDecimal("1.00"), BigInteger.ONE, (short) 1)) {
            assertEquals("1", json(one));
        }
        assertEquals("0.1", json(new BigDecimal("0.10")));
        assertEquals("4.5", json(4.5f));
    }

    @Test
    public void keysAreSortedByTheirUtf16Units() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("\u20ac", "Euro Sign");
        tree.put("\r", "Carriage Return");
        tree.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        tree.put("1", "One");
        tree.put("\ud83d\ude00", "Emoji: Grinning Face");
        tree.put("\u0080", "Control");
        tree.put("\u00f6", "Latin Small Letter O With Diaeresis");
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                json(tree));
    }

    /** The example of section 3.2.2. */
    @Test
    public void textsAndLiterals() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("numbers", List.of(new BigDecimal("333333333.33333329"), 1E30, 4.50, 2e-3, 1e-27));
        tree.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        tree.put("literals", Arrays.asList(null, true, false));
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                json(tree));
        assertEquals("\"\\b\\t\\f\\u0000\\u001f\u007f\"", json("\b\t\f\u0000\u001f\u007f"));
        assertEquals("{\"a\":{},\"b\":[]}", json(Map.of("b", List.of(), "a", Map.of())));
    }

    @Test
    public void whatHasNoJsonIsRefused() {
        for (Object value :
                Arrays.asList(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        new BigDecimal("1e999"),
                        new Object(),
                        'c',
                        Map.of(1, "x"),
                        "\ud800",
                        "x\udc00",
                        "\ud800x",
                        "\udc00\ud800",
                        Map.of("\ud800", 1))) {
            IllegalArgumentException thrown =
                    assertThrows(
                            String.valueOf(value),
                            IllegalArgumentException.class,
                            () -> CanonicalJson.bytes(value));
            assertEquals(thrown.getMessage(), true, thrown.getMessage().startsWith("Expected "));
        }
    }

    private static String json(Object tree) {
        return new String(CanonicalJson.bytes(tree), StandardCharsets.UTF_8);
    }
}
