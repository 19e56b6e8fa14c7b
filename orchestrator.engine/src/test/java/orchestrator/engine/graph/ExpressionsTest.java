package orchestrator.engine.graph;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class ExpressionsTest {
    private static final Map<String, Object> VALUES =
            Map.of(
                    "input",
                    Map.of(
                            "n",
                            7L,
                            "d",
                            0.5,
                            "big",
                            new BigDecimal("1e999999999"),
                            "text",
                            "abc",
                            "long",
                            "x".repeat(2_000_000),
                            "list",
                            List.of(1L, Map.of("id", "z")),
                            "list2",
                            List.of(3L, 4L)),
                    "validate",
                    Map.of("score", 0.7));

    private final Expressions expressions = new Expressions();
    private final Scope scope =
            new Scope() {
                @Override
                public boolean has(String name) {
                    return VALUES.containsKey(name);
                }

                @Override
                public Object get(String name) {
                    return VALUES.get(name);
                }
            };

    private Object value(String text) {
        return expressions.compile(text).evaluate(scope);
    }

    @Test
    public void whatHasNoValueIsSaid() {
        for (Map.Entry<String, String> wrong :
                Map.of(
                                "1 / 0", "found a division by zero (/)",
                                "input.n % 0", "found a division by zero (%)",
                                "input?.none > 1", "found nothing where a value is needed",
                                "1e308 * 10", "a number that a double can hold")
                        .entrySet()) {
            String message =
                    assertThrows(ExpressionException.class, () -> value(wrong.getKey()))
                            .getMessage();
            assertTrue(message, message.contains(wrong.getValue()));
        }
    }

    @Test
    public void valuesKeepTheirTypes() {
        assertEquals(7L, value("input.n"));
        assertEquals("z", value("input.list[1].id"));
        assertEquals(8L, value("input.n + 1"));
        assertEquals(true, value("validate.score < 0.8 && input.text == 'abc'"));
        assertEquals("abcd", value("input.text + 'd'"));
        assertEquals(2L, value("size(input.list)"));
        assertEquals(List.of(1L, 2L, 3L), value("[1, 2, 3]"));
        assertEquals(List.of("a", "b"), value("['a', 'b']"));
        assertEquals(List.of(1L, "b"), value("[1, 'b']"));
        assertEquals(Map.of("a", 1L), value("{'a': 1}"));
        assertEquals(null, value("null"));
        assertEquals("yes", value("input.n > 1 ? 'yes' : 'no'"));
        assertEquals(true, value("3 =~ input.list2"));
    }

    @Test
    public void theNamesOfAnExpressionAreThoseThatItReads() {
        assertEquals(Set.of("a"), expressions.compile("a.b[3].c").names());
        assertEquals(Set.of("a", "b"), expressions.compile("a.x + b.y > size('c')").names());
        assertEquals(
                Set.of("a", "b"),
                Template.of(Map.of("k", List.of("${a}", "x${b.c}y")), expressions).names());
    }

    @Test
    public void whatIsMissingIsNamed() {
        for (String text :
                List.of(
                        "nobody",
                        "input.nothing",
                        "input.list[9]",
                        "input.n.x",
                        "input.text[0]",
                        "nobody + 1",
                        "input.nothing + 1",
                        "input.n / 0")) {
            ExpressionException e =
                    assertThrows(text, ExpressionException.class, () -> value(text));
            assertTrue(e.getMessage(), e.getMessage().startsWith("Expected "));
            assertTrue(e.getMessage(), e.getMessage().length() < 500);
        }
    }

    @Test(timeout = 60_000)
    public void hostileExpressionsAreRefused() {
        List<String> accepted = new ArrayList<>();
        for (String text :
                List.of(
                        "while (true) {}",
                        "for (x : input.list) { x }",
                        "do {} while (true)",
                        "x = 1",
                        "input.n = 1",
                        "input.n++",
                        "var x = 1; x",
                        "let x = 1",
                        "new('java.lang.String')",
                        "new java.lang.String()",
                        "input.text.length()",
                        "input.text.class",
                        "''.class",
                        "''['class']",
                        "input.class.classLoader",
                        "input.getClass()",
                        "x -> x",
                        "function(x) { x }",
                        "(x => x)(1)",
                        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+b'",
                        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' !~ '(a+)+b'",
                        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ ~/(a+)+b/",
                        "#pragma x 1\n1",
                        "System.exit(1)",
                        "`${new('java.lang.String')}`",
                        "`${''.class}`",
                        "1..1000000000",
                        "[1..1000000000]",
                        "{'a': 1..1000000000}",
                        "input.text..3",
                        "return 1..1000000000",
                        "@silent 1",
                        "throw 'x'",
                        "input.long" + " + input.long".repeat(280),
                        "(".repeat(2000) + "1" + ")".repeat(2000),
                        "[".repeat(2000) + "]".repeat(2000),
                        "-".repeat(4000) + "1",
                        "!".repeat(4001) + "true",
                        "1" + " + 1".repeat(1100),
                        "",
                        "   ",
                        "${input.n}",
                        "input.",
                        "a b c")) {
            try {
                accepted.add(text.substring(0, Math.min(60, text.length())) + " = " + shown(text));
            } catch (ExpressionException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith("Expected "));
                assertTrue(text, e.getMessage().length() < 6000);
            }
        }
        if (!accepted.isEmpty()) {
            fail("Expected these to be refused:\n" + String.join("\n", accepted));
        }
    }

    private String shown(String text) {
        String value = String.valueOf(value(text));
        return value.substring(0, Math.min(60, value.length()));
    }

    @Test(timeout = 60_000)
    public void whatIsLargeIsBounded() {
        for (String text :
                List.of(
                        "input.big + 1",
                        "input.big * input.big",
                        "input.big % 7",
                        "input.big == 1",
                        "input.big > 1.5",
                        "-input.big",
                        "import java.lang.System",
                        "try { 1 } catch (x) { 2 }",
                        "input.big & 1",
                        "input.big / 3",
                        "size(1..1000000000)",
                        "1 << 1000000000",
                        "5 =~ 1..1000000000",
                        "empty(1..1000000000)",
                        "[" + "input.long,".repeat(300) + "1]")) {
            try {
                value(text);
            } catch (ExpressionException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith("Expected "));
            }
        }
    }

    @Test
    public void templatesHoldSeveralExpressionsAndKeepTheTypeOfOne() {
        assertEquals(7L, template("${input.n}"));
        assertEquals("7 and abc!", template("${input.n} and ${input.text}!"));
        assertEquals("7abc", template("${input.n}${input.text}"));
        assertEquals("{\"a\":\"}\"}", template("${{'a': '}'}}${''}"));
        assertEquals("}\"'", template("${'}\"\\''}${''}"));
        assertEquals("$ {x} }", template("$ {x} }"));
        assertEquals("[1,{\"id\":\"z\"}] is it", template("${input.list} is it"));
        assertEquals("null", template("${null}${''}"));
        assertEquals(
                Map.of("a", List.of(7L, "x")), template(Map.of("a", List.of("${input.n}", "x"))));
    }

    private Object template(Object tree) {
        return Template.of(tree, expressions).evaluate(scope);
    }

    @Test
    public void brokenTemplatesAreRefused() {
        for (String text :
                List.of("${", "${input.n", "a ${'} b", "${}", "x${ }y", "${${input.n}}")) {
            ExpressionException e =
                    assertThrows(text, ExpressionException.class, () -> template(text));
            assertTrue(e.getMessage(), e.getMessage().startsWith("Expected "));
        }
    }

    @Test
    public void aTextThatGrowsBeyondAPayloadIsRefused() {
        String text = String.join("", Collections.nCopies(2_000, "${input.long}"));
        assertThrows(ExpressionException.class, () -> template(text));
    }

    /** The depth is counted, so that it does not depend on how much of a stack is left. */
    @Test
    public void whatIsNestedTooDeeplyIsRefusedWhateverTheStack() {
        assertEquals(false, value("!".repeat(99) + "true"));
        assertEquals(1L, value("(".repeat(100) + "1" + ")".repeat(100)));
        assertEquals("((((", value("'" + "(".repeat(4) + "'"));
        assertEquals("202", shown("size('" + "(".repeat(200) + "\\'\\'')"));
        for (String text :
                List.of("!".repeat(101) + "true", "- ".repeat(101) + "1", "[{(".repeat(34))) {
            String message =
                    assertThrows(ExpressionException.class, () -> value(text)).getMessage();
            assertTrue(message, message.contains("nested at most 100 deep, but found 10"));
        }
    }
}
