package dev.modelsecrets.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {

    private static String chart() {
        BarChart chart = new BarChart("Times & <ratios>", List.of("old", "new"));
        chart.group("group");
        chart.row("ours", true, List.of(new Spread(1, 2, 3), new Spread(2, 3, 4)));
        chart.row("theirs", false, List.of(new Spread(1, 2, 3), new Spread(6, 7, 8)));
        return chart.svg();
    }

    @Test
    void svg_isXmlWithABarForEachValue() throws Exception {
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(4);
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(4 + 4);
    }

    @Test
    void svg_longestBar_hasRoomForItsNumber() {
        assertThat(chart()).contains("width=\"490.00\"").contains(">7.00</text>");
    }

    @Test
    void svg_isDescribedForThoseWhoHearIt() {
        assertThat(chart())
                .contains("role=\"img\" aria-labelledby=\"title description\"")
                .contains("<title id=\"title\">Times &amp; &lt;ratios></title>")
                .contains("ours: old 2.00, new 3.00; theirs: old 2.00, new 7.00;");
    }

    @Test
    void svg_hasColoursForDarkPages() {
        assertThat(chart()).contains("@media (prefers-color-scheme: dark)");
    }
}
