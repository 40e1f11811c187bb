<?xml version="1.0" encoding="UTF-8"?>
<!--
  TEI to XHTML: the text of one entry for the website. Pages around it are Jinja's (pipeline/templates).

  What comes out is a sequence of fragments, each behind a processing instruction that names it:

      <?part en?><div class="side" …>…</div><?part ru?><div class="side" …>…</div><?part rest?>…

  one for each side of the entry (its id), or `text` where the entry has no sides; `rest` is what stands
  outside the sides. Words that are not the text's own stand in elements with data-made, so that the text can
  be read out again: the fragment without data-made is text_of(TEI/text).
-->
<xsl:package name="urn:teipress:web" package-version="1.0" version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:import href="core.xsl"/>
  <xsl:import href="web-unhandled.xsl"/>
  <xsl:import href="web-inline.xsl"/>
  <xsl:import href="web-blocks.xsl"/>
  <xsl:import href="web-notes.xsl"/>

  <xsl:output method="xhtml" html-version="5" omit-xml-declaration="yes" indent="no" encoding="UTF-8"/>

  <!-- JSON objects of strings: the interface's words by name; the href for a target, the image for a facs or
       url, and what the register says of a person's ref, each only where there is one. -->
  <xsl:param name="words" as="xs:string" select="'{}'"/>
  <xsl:param name="links" as="xs:string" select="'{}'"/>
  <xsl:param name="images" as="xs:string" select="'{}'"/>
  <xsl:param name="names" as="xs:string" select="'{}'"/>

  <xsl:variable name="word" as="map(xs:string, xs:string)" select="parse-json($words)"/>
  <xsl:variable name="link" as="map(xs:string, xs:string)" select="parse-json($links)"/>
  <xsl:variable name="image" as="map(xs:string, xs:string)" select="parse-json($images)"/>
  <xsl:variable name="person" as="map(xs:string, xs:string)" select="parse-json($names)"/>

  <!-- A word of the interface, with {0} filled in; its name where the language has no word for it. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="phrase" as="xs:string" select="($word($name), $name)[1]"/>
    <xsl:sequence select="
      if (contains($phrase, '{0}')) then substring-before($phrase, '{0}') || $value || substring-after($phrase, '{0}')
      else $phrase"/>
  </xsl:function>

  <!-- What every element carries: id, language and direction, how the source showed it, and whether the
       program was not sure of it. -->
  <xsl:function name="f:attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:variable name="all" as="xs:string*" select="
      $classes,
      if ($element/(@rend | @rendition | @style)) then f:rend($element) ! ('r-' || .) else (),
      if (f:doubtful($element)) then 'doubtful' else ()"/>
    <xsl:variable name="id" as="xs:string?" select="($element/@made:id, $element/@xml:id)[1]"/>
    <xsl:if test="exists($all)">
      <xsl:attribute name="class" select="$all"/>
    </xsl:if>
    <xsl:if test="$id">
      <xsl:attribute name="id" select="$id"/>
    </xsl:if>
    <xsl:if test="$element/@xml:lang[. ne '']">
      <xsl:attribute name="lang" select="$element/@xml:lang"/>
      <xsl:attribute name="dir" select="f:direction($element/@xml:lang)"/>
    </xsl:if>
    <xsl:if test="f:doubtful($element)">
      <xsl:attribute name="title" select="f:word('doubtful', ($word('cert-' || $element/@cert), string($element/@cert))[1])"/>
    </xsl:if>
  </xsl:function>

  <!-- The name an element gets: a block's, but span inside notes and headings, which stand in a line. -->
  <xsl:function name="f:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (f:in-line($element)) then 'span' else $name"/>
  </xsl:function>

  <xsl:function name="f:in-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor::*[self::head or self::note[@made:kind = ('foot', 'inline')]])"/>
  </xsl:function>

  <!-- Whether blocks stand in an element, those inside its notes aside. -->
  <xsl:function name="f:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="deep" as="xs:boolean" select="f:in-line($element)"/>
    <xsl:sequence select="some $inner in $element//* satisfies (f:block($inner) and ($deep or not(f:in-line($inner))))"/>
  </xsl:function>

  <!-- The entry: its sides one by one, then what stands outside them; or its text whole. -->
  <xsl:template match="/" as="node()*">
    <xsl:variable name="text" as="element(text)*" select="f:numbered(.)/TEI/text"/>
    <xsl:variable name="sides" as="element(div)*" select="$text/body/div[@type = 'entry']"/>
    <xsl:for-each select="if ($sides) then $sides else $text">
      <xsl:processing-instruction name="part" select="@made:id"/>
      <xsl:apply-templates select="." mode="web"/>
    </xsl:for-each>
    <xsl:if test="$sides">
      <xsl:variable name="rest" as="node()*" select="$text/(* except body) | $text/body/(node() except $sides)"/>
      <xsl:if test="$rest[self::* or self::text()[normalize-space()]]">
        <xsl:processing-instruction name="part" select="'rest'"/>
        <div class="side" id="{f:side-id($text[1])}">
          <xsl:apply-templates select="$rest" mode="web"/>
        </div>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- A side of the entry, or the whole text. -->
  <xsl:template match="div[@type = 'entry'] | TEI/text" mode="web" priority="2" as="element()">
    <div>
      <xsl:sequence select="f:attributes(., 'side')"/>
      <xsl:apply-templates mode="web"/>
    </div>
  </xsl:template>
</xsl:package>
