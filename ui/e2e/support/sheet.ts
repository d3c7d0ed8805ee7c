import fs from 'node:fs'
import path from 'node:path'
import { newFolder } from './programs'

const header = 'STT;Họ và tên;Ngày sinh;SĐT học viên;Phụ huynh;SĐT phụ huynh;Email;Trường;Trình độ;Tình trạng;Nguồn;Ghi chú'

/** Rows as tired desks type them: 11 digits, lost zeros, two numbers in a cell, decomposed marks, a row twice. */
const rows = [
  '1;Trần Thị Đức;09/03/2012;0912345678;Trần Văn Hùng;0903 111 222;duc.tran@gmail.com;THCS Nguyễn Du;Movers;Đang học;FB;Học thứ 3-5-7',
  `2;${'nguyễn văn an'.normalize('NFD')};12.5.2010;8.49E+10;Nguyễn Thị Hoa;01683939999;;THCS Lê Lợi;Flyers;bảo lưu;Zalo;`,
  '3;Lê Ngọc Ửng;3/4/2011;912777888;;;;THCS Trần Văn Ơn;Starters;Đang học;giới thiệu;',
  '4;PHẠM GIA BẢO;25/12/2013;0987 654 321 / 0912 000 111;Phạm Thu;0987654321;thu.pham@yahoo.com;;Starters;Đang học;Facebook;Dị ứng đậu phộng',
  '5;Đỗ Quỳnh Chi;2014;0933222111;;;chi.do@gmail.com;;Starters;Mới;Zalo;',
  '6;Hoàng Gia Bảo;01/02/2012;0944555666;;;;THCS Lê Lợi;Movers;Đang học;FB;',
  '7;TRẦN THỊ ĐỨC;09/03/2012;0912.345.678;;;;;Movers;Đang học;FB;ghi lần hai',
  '8;;;;;;;;;;;',
  ';TỔNG CỘNG: 8;;;;;;;;;;',
]

/** A small dirty sheet: UTF-8 with BOM, semicolons, a title above the header and a total below. */
export function dirtySheet(): string {
  const file = path.join(newFolder('sheet'), 'quan-1.csv')
  const title = ['DANH SÁCH HỌC VIÊN - CHI NHÁNH QUẬN 1;;;;;;;;;;;', 'Cập nhật: 31/10/2026;;;;;;;;;;;', ';;;;;;;;;;;']
  fs.writeFileSync(file, `\ufeff${[...title, header, ...rows].join('\r\n')}\r\n`)
  return file
}
